"""Tables: from lines to rows of a form."""
