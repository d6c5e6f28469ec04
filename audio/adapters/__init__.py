"""Outside libraries of the sound side: PortAudio, files, Silero, faster-whisper. Built by ``app.composition`` only."""
