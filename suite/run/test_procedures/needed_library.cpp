// Lies where no loader looks for it.
extern "C" int needed_function() { return 0; }
