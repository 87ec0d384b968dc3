// A photo: from the camera or a file, made small in the browser already, so that little travels and nothing of the file but
// the picture. Without this script the file goes as it is, and the server does the same.

const SIDE = 720;
const QUALITY = 0.82;
const PATIENCE = { video: { facingMode: "user", width: { ideal: 1280 } } };

const form = document.querySelector("[data-photo-form]");
const file = form.querySelector("[data-photo]");
const canvas = form.querySelector("canvas");
const said = form.querySelector("[data-said]");
const webcam = form.querySelector("[data-webcam]");
const way = form.querySelector("[data-webcam-way]");
const video = webcam.querySelector("video");

/** Draws a picture small, shows it, and puts it into the form in place of what was chosen. */
async function keep(picture, width, height) {
  const scale = Math.min(1, SIDE / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const paper = canvas.getContext("2d");
  paper.fillStyle = "white";
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  const carried = new DataTransfer();
  carried.items.add(new File([blob], "photo.jpg", { type: "image/jpeg" }));
  file.files = carried.files;
  canvas.hidden = false;
  said.textContent = said.dataset.ready;
}

async function fromFile() {
  const chosen = file.files[0];
  if (!chosen) return;
  // What the browser cannot read goes as it is: the server says what is wrong with it.
  const picture = await createImageBitmap(chosen, { imageOrientation: "from-image" }).catch(() => null);
  if (picture) await keep(picture, picture.width, picture.height);
}

async function openWebcam() {
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia(PATIENCE);
  } catch (trouble) {
    said.textContent = webcam.dataset.refused;
    return;
  }
  await video.play();
  [webcam.hidden, way.hidden] = [false, true];
}

async function shoot() {
  await keep(video, video.videoWidth, video.videoHeight);
  for (const track of video.srcObject.getTracks()) track.stop();
  [webcam.hidden, way.hidden] = [true, false];
}

file.addEventListener("change", fromFile);
way.hidden = !navigator.mediaDevices?.getUserMedia;
way.querySelector("[data-webcam-open]").addEventListener("click", openWebcam);
webcam.querySelector("[data-shoot]").addEventListener("click", shoot);
