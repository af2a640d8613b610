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

/** Two soft notes, a fifth apart, that fade by themselves. Reports whether they may be heard here. */
export function chime(): boolean {
  if (audio?.state !== "running") return false;
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
  return true;
}

/** Tabs out of sight leave the sound to the one in sight for this long, in ms. */
const PLACE = 300;
/** What comes within this long after a sound, in ms, makes no other, in no tab. */
const PAUSE = 2_500;

/**
 * Sounds in one of the tabs that share a name: in the one in sight if it may, else in any that may.
 * looked: what has come is being looked at here, so that no tab needs to call for it.
 */
export async function chimeOnce(name: string, looked: boolean): Promise<void> {
  const seen = document.visibilityState === "visible";
  await after(seen ? 0 : PLACE);
  if (!navigator.locks) return void (looked || chime());
  await navigator.locks.request(`${name}:sound`, { ifAvailable: true }, (free) => free && ((seen && looked) || chime()) && after(PAUSE));
}

function after(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
