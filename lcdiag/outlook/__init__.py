"""What a study would show: simulated answers and a plan, before anybody is asked."""
