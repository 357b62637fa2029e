"""What tools/mutate is made of: tokens and operators say what can be changed in a text, libraries how a changed file
becomes a library, trial whether the suite notices it, survivors and summary what that means."""
