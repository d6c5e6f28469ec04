"""Outside libraries of the sound side: PortAudio, sound files, Silero, faster-whisper. Built by ``app.composition`` only."""
