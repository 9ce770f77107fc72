"""A page as a PDF, set by Typst where that is installed, in a process of its own: `pdf` asks for it."""
