using System.Text.Json;

namespace LocalAI.Pipeline.Api.Errors;

/// <summary>
/// Writes an error as one API's callers expect it. OpenAI's is the default; an endpoint of another API has its own in its
/// metadata.
/// </summary>
internal delegate void ErrorShape(Utf8JsonWriter writer, ApiError error, string requestId);
