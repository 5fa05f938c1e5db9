"""Code that meets what the user sent: standard library only, in processes that are thrown away."""
