"""The generic host of a child process that runs one adapter behind its port.

A crash or hang in native code ends the child, never the desk: the host starts a new one and repeats the
request, which is why adapters are stateless.
"""
