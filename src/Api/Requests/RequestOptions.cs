using System.ComponentModel.DataAnnotations;

namespace LocalAI.Pipeline.Api.Requests;

/// <summary>What a request's body may be.</summary>
internal sealed class RequestOptions
{
    public const string SectionName = "Requests";

    /// <summary>Bytes of a JSON body: a context of a million tokens as text, and under what a broker takes in one message.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public long MaxBodyBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Levels of a JSON body: tool schemas reach some 20.</summary>
    [Range(8, 256)]
    public int MaxJsonDepth { get; set; } = 64;
}
