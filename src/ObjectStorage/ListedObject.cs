namespace LocalAI.Pipeline.ObjectStorage;

/// <summary>An object in a list.</summary>
/// <param name="Key">Its key.</param>
/// <param name="WrittenAt">When it was written.</param>
public sealed record ListedObject(ObjectKey Key, DateTimeOffset WrittenAt);
