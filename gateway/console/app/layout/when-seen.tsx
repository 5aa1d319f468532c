import { type ReactNode, useEffect, useRef, useState } from 'react';

type Props = {
  /** Pixels that are kept free meanwhile. */
  height?: number;
  children: ReactNode;
};

/** A part of a page that is asked for, program and figures, when its place comes into sight, and stays from then on. */
export const WhenSeen = ({ height = 240, children }: Props) => {
  const place = useRef<HTMLDivElement>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (!place.current || isSeen) return undefined;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [isSeen]);
  return isSeen ? children : <div ref={place} style={{ minHeight: height }} />;
};
