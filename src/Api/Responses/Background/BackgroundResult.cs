using System.Text.Json;

namespace LocalAI.Pipeline.Api.Responses.Background;

/// <summary>What a durable job made of its response.</summary>
/// <param name="Output">The items of the answer as a JSON array.</param>
/// <param name="Body">The response object: JSON.</param>
internal sealed record BackgroundResult(string Output, string Body)
{
    /// <returns>Null where a defect ended the job.</returns>
    public static BackgroundResult? Read(string? result) => result is null ? null : JsonSerializer.Deserialize<BackgroundResult?>(result);

    public string ToJson() => JsonSerializer.Serialize(this);
}
