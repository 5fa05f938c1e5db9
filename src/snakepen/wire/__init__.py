"""What crosses HTTP: types and nothing else. The OpenAPI document is made from these and from nothing else."""
