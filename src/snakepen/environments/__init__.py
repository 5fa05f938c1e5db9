"""The packages that programs import: virtual environments of their own, never the server's."""
