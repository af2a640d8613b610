let audio: AudioContext | null = null;

/** Browsers allow sound only after something the person did here; before that, silence is right. */
export function listenForGesture(): void {
  const wake = () => {
    audio ??= new AudioContext();
    void audio.resume();
    removeEventListener("pointerdown", wake);
    removeEventListener("keydown", wake);
  };
  addEventListener("pointerdown", wake);
  addEventListener("keydown", wake);
}

/** Two soft notes, a fifth apart, that fade by themselves. */
export function chime(): void {
  if (!audio || audio.state !== "running") return;
  const start = audio.currentTime;
  for (const [i, pitch] of [587, 880].entries()) {
    const tone = audio.createOscillator();
    const level = audio.createGain();
    const at = start + i * 0.12;
    tone.frequency.value = pitch;
    level.gain.setValueAtTime(0, at);
    level.gain.linearRampToValueAtTime(0.12, at + 0.02);
    level.gain.exponentialRampToValueAtTime(0.0001, at + 0.5);
    tone.connect(level).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.55);
  }
}
