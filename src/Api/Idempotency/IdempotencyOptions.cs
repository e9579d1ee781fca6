using System.ComponentModel.DataAnnotations;

namespace LocalAI.Pipeline.Api.Idempotency;

/// <summary>How requests with an <c>Idempotency-Key</c> are remembered.</summary>
internal sealed class IdempotencyOptions
{
    public const string SectionName = "Idempotency";

    /// <summary>How long a key is remembered: a client's retries are over long before.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long a second request waits for the first one's answer; then it is told to come again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan WaitTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>After so long without a sign the process that answers a key's first request counts as dead, and the next request is the first.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Bytes of an answer that is remembered: a row's size. A longer one is sent, and its key is free again.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxAnswerBytes { get; set; } = 4 * 1024 * 1024;
}
