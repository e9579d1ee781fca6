using System.Text.Json;
using LocalAI.Pipeline.Api.DurableJobs;

namespace LocalAI.Pipeline.Api.Responses.Background;

/// <summary>What a durable job keeps of the response that it makes.</summary>
internal sealed record BackgroundResponse
{
    public required ResponseHead Head { get; init; }

    /// <summary>The items of its own request as a JSON array.</summary>
    public required string Input { get; init; }

    public Guid? PreviousId { get; init; }

    /// <summary>It was made with <c>stream</c>, so its events can be asked for again.</summary>
    public bool Streams { get; init; }

    public static BackgroundResponse Of(DurableJob job) => JsonSerializer.Deserialize<BackgroundResponse>(job.Request)
        ?? throw new InvalidOperationException($"The job {job.Id} has no request.");

    public string ToJson() => JsonSerializer.Serialize(this);
}
