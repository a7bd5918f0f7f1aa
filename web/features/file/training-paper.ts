import { invariant } from '../../../domain/invariant.ts';

/** 演练附件: a small picture that says what it is; each one differs, so that each has its own hash. */
export async function drawTrainingPaper(): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = 240;
  canvas.height = 120;
  const pen = canvas.getContext('2d');
  invariant(pen !== null, 'the browser draws no pictures');
  pen.fillStyle = '#fff8e1';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = '#333';
  pen.font = '22px sans-serif';
  pen.fillText('演练附件', 20, 50);
  pen.font = '14px monospace';
  pen.fillText(crypto.getRandomValues(new Uint32Array(2)).join('-'), 20, 86);
  return new Promise((resolve) => {
    canvas.toBlob((blob) => {
      invariant(blob !== null, 'the picture could not be made');
      resolve(blob);
    }, 'image/png');
  });
}
