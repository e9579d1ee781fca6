namespace LocalAI.Pipeline.ObjectStorage;

/// <summary>An object as it was written.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">SHA-256 of its bytes, in lower-case hexadecimal.</param>
public sealed record WrittenObject(ObjectKey Key, long Length, string Sha256);
