// Reading the code of a card with the camera: by the browser itself where it can, else by a decoder that is fetched then.
// No picture leaves the page; the camera stops when a card was read, the box is closed, or the page is left.

const PAUSE = 120;
const WIDEST = 800;

export const hasCamera = () => Boolean(navigator.mediaDevices?.getUserMedia);

/** Opens the box and gives the text of the first code read; null when it is closed before. */
export async function scanOnce() {
  const box = document.getElementById("piece-camera").content.firstElementChild.cloneNode(true);
  const [video, says, close] = [box.querySelector("video"), box.querySelector("[role=status]"), box.querySelector("button")];
  document.body.append(box);
  close.addEventListener("click", () => box.close());
  box.showModal();
  const closed = new Promise((done) => box.addEventListener("close", () => done(null), { once: true }));
  try {
    const decode = await decoder(box.dataset.decoder);
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
    if (!box.open) return null;
    await video.play();
    says.textContent = box.dataset.seeking;
    return await Promise.race([closed, firstCode(video, decode, () => box.open)]);
  } catch (trouble) {
    if (!(trouble instanceof DOMException)) throw trouble;
    says.textContent = box.dataset.refused;
    return await closed;
  } finally {
    for (const track of video.srcObject?.getTracks() ?? []) track.stop();
    if (box.open) box.close();
    box.remove();
  }
}

async function firstCode(video, decode, goesOn) {
  const canvas = document.createElement("canvas");
  const paper = canvas.getContext("2d", { willReadFrequently: true });
  while (goesOn()) {
    const text = video.videoWidth ? await decode(pictureOf(video, canvas, paper)) : "";
    if (text) return text;
    await new Promise((next) => setTimeout(next, PAUSE));
  }
  return null;
}

function pictureOf(video, canvas, paper) {
  const scale = Math.min(1, WIDEST / video.videoWidth);
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  paper.drawImage(video, 0, 0, canvas.width, canvas.height);
  return paper.getImageData(0, 0, canvas.width, canvas.height);
}

/** A function that reads a picture: the text of a code in it, or "". */
async function decoder(address) {
  const formats = (await window.BarcodeDetector?.getSupportedFormats()) ?? [];
  if (formats.includes("qr_code")) {
    const own = new window.BarcodeDetector({ formats: ["qr_code", "code_128"].filter((one) => formats.includes(one)) });
    return async (picture) => (await own.detect(picture).catch(() => []))[0]?.rawValue ?? "";
  }
  const { default: read } = await import(address);
  return (picture) => read(picture.data, picture.width, picture.height, { inversionAttempts: "dontInvert" })?.data ?? "";
}
