using System.ComponentModel.DataAnnotations;

namespace LocalAI.Pipeline.Api.Batches;

/// <summary>How large batches may be, and how much of them runs at once.</summary>
internal sealed class BatchesOptions
{
    public const string SectionName = "Batches";

    /// <summary>Lines of one batch: OpenAI's limit.</summary>
    [Range(1, 1_000_000)]
    public int MaxLines { get; set; } = 50_000;

    /// <summary>Bytes of a batch's input: OpenAI's limit.</summary>
    [Range(1024, 16L * 1024 * 1024 * 1024)]
    public long MaxInputBytes { get; set; } = 200L * 1024 * 1024;

    /// <summary>Bytes of the body that makes a message batch, which is read as a whole.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public long MaxMessageBatchBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>Bytes of one line's answer: a thousand times an ordinary one. A longer one is an error of its line.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public int MaxAnswerBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Lines of one batch that are under way at once: enough to keep the slots of some workers busy, few enough that others get their turn in the queue.</summary>
    [Range(1, 1024)]
    public int LinesAtOnce { get; set; } = 32;

    /// <summary>Lines of all batches of one key that are under way at once in this process: one key's batches together get what another key's one batch gets.</summary>
    [Range(1, 1024)]
    public int LinesOfOneKey { get; set; } = 32;

    /// <summary>Batches that run at once in this process; others wait.</summary>
    [Range(1, 256)]
    public int BatchesAtOnce { get; set; } = 16;

    /// <summary>Batches of one key that run at once in this process.</summary>
    [Range(1, 256)]
    public int BatchesOfOneKey { get; set; } = 4;

    /// <summary>Tries of a line that failed by no fault of its own. With pauses of up to half a minute that is some minutes of trouble.</summary>
    [Range(1, 100)]
    public int Tries { get; set; } = 8;

    /// <summary>After so long a process that does not renew its claim on a batch counts as dead, and another one goes on.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often batches are looked for that another process made or left; one made here starts at once.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an ended batch can be looked at. Its output files live as long as their own expiry says.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);
}
