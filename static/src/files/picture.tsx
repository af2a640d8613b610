import { useEffect, useRef } from "preact/hooks";
import type { SentFile } from "../wire/protocol-files";

/** Side of a small picture, in CSS pixels. */
const SIDE = 40;

/** A small picture of a file that is an image, drawn here and now; nothing for what cannot be drawn or is at the server. */
export function Picture({ file }: { file: File | SentFile }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let gone = false;
    if (!(file instanceof File) || !/^image\/(png|jpeg|gif|webp)$/.test(file.type)) return;
    createImageBitmap(file, { resizeHeight: SIDE * 2 }).then(
      (image) => {
        if (!gone && canvas.current) draw(canvas.current, image);
        image.close();
      },
      () => {}, // no image after all: its name says enough
    );
    return () => {
      gone = true;
    };
  }, [file]);
  return <canvas ref={canvas} class="file-picture" width={SIDE * 2} height={SIDE * 2} aria-hidden="true" />;
}

function draw(canvas: HTMLCanvasElement, image: ImageBitmap): void {
  canvas.classList.add("drawn");
  const { width, height } = canvas;
  const scale = Math.max(width / image.width, height / image.height);
  const [w, h] = [image.width * scale, image.height * scale];
  canvas.getContext("2d")?.drawImage(image, (width - w) / 2, (height - h) / 2, w, h);
}
