"""What people look at: the dashboard in the browser and the quarter's report as one file, from the published marts."""
