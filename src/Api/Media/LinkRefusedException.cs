namespace LocalAI.Pipeline.Api.Media;

/// <summary>A link is not followed, or what is there is not taken; the message says why, to the caller.</summary>
internal sealed class LinkRefusedException(string message) : Exception(message);
