using System.ComponentModel.DataAnnotations;

namespace LocalAI.Pipeline.Api.Relay;

/// <summary>Bounds of the way from the workers' frames to the readers.</summary>
internal sealed class RelayOptions : IValidatableObject
{
    public const string SectionName = "Relay";

    /// <summary>Without a frame or a sign of life for so long, the worker is doubted: it says that it lives every 5 s, so six are missing.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SilenceTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>From the last sign of life until the job fails, in all: a broker needs about 20 s to notice a vanished machine, and the next worker some more to load the model.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "06:00:00")]
    public TimeSpan RecoveryTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Workers that may try one job one after the other: a request that kills each of them must not take the fleet down.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 5;

    /// <summary>Deltas that wait for one reader: at 100 tokens a second a reader that stood still for 40 s, some 400 KB.</summary>
    [Range(1, 1_000_000)]
    public int ReaderCapacity { get; set; } = 4096;

    /// <summary>Characters of one answer: past any context; the whole text travels in one message when a worker takes over.</summary>
    [Range(1, 256 * 1024 * 1024)]
    public int MaxAnswerCharacters { get; set; } = 4 * 1024 * 1024;

    /// <summary>Between two requests to send deltas again: an answer takes milliseconds, and a worker that is busy needs no second question.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan ResendInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Such requests without progress before the job fails: workers keep deltas for 60 s, so later ones find nothing.</summary>
    [Range(1, 1000)]
    public int MaxResends { get; set; } = 30;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RecoveryTimeout < SilenceTimeout)
        {
            yield return new ValidationResult($"It counts from the last sign of life, so it cannot be under {SectionName}:{nameof(SilenceTimeout)} ({SilenceTimeout})", [nameof(RecoveryTimeout)]);
        }
    }
}
