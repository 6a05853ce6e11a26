import type { ContentBlock } from './content.ts';

/** A PNG of one red pixel, in base64. */
export const RED_PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';

/** A WAV of a thousandth of a second of silence, in base64. */
export const SILENCE = 'UklGRiwAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQgAAACAgICAgICAgA==';

/** The picture as content. */
export const picture: ContentBlock = { type: 'image', data: RED_PIXEL, mimeType: 'image/png' };

/** The sound as content. */
export const sound: ContentBlock = { type: 'audio', data: SILENCE, mimeType: 'audio/wav' };
