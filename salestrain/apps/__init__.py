"""The apps: what learners, trainers and managers open in a browser, one module each."""
