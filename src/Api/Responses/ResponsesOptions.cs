using System.ComponentModel.DataAnnotations;

namespace LocalAI.Pipeline.Api.Responses;

/// <summary>The Responses API.</summary>
internal sealed class ResponsesOptions
{
    public const string SectionName = "Responses";

    /// <summary>What events about thoughts are called: OpenAI's clients drop those of the specification.</summary>
    public ReasoningEventNames ReasoningEvents { get; set; } = ReasoningEventNames.OpenAI;

    /// <summary>How long a response is kept: OpenAI's 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a WebSocket may be open: OpenAI's hour, so that servers can be changed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SocketLifetime { get; set; } = TimeSpan.FromMinutes(60);

    /// <summary>Responses that one may go on from, one behind the other: each is a look into the database, some 0.3 ms.</summary>
    [Range(1, 100_000)]
    public int MaxChain { get; set; } = 1000;

    /// <summary>Characters of JSON of all of them: what a request's body may have.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public long MaxChainCharacters { get; set; } = 8 * 1024 * 1024;
}
