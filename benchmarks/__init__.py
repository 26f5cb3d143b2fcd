"""What the project costs its users: `make bench` and its like run these modules from the root of the repository."""
