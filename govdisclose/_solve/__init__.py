"""What figures can be, if the sums of the form hold."""
