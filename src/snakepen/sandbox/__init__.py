"""What stands between a program and the system: layers that the kernel holds, one module each."""
