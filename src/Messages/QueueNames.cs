namespace LocalAI.Pipeline.Messages;

/// <summary>
/// The names of the queues, the same for whoever sends and whoever takes. A queue's length is the autoscaling signal,
/// so there is one per pool, model and lane.
/// </summary>
public static class QueueNames
{
    /// <summary>Text work for one model in one lane: <c>text.&lt;model&gt;.interactive</c> or <c>.batch</c>.</summary>
    public static string Text(string model, Lane lane) => $"text.{Escape(model)}.{(lane == Lane.Batch ? "batch" : "interactive")}";

    /// <summary>Where one API instance answers <see cref="Jobs.GetJobProgress"/>.</summary>
    public static string ApiInstance(string instanceId) => $"api.{instanceId}";

    /// <summary>Where one worker hears cancellations and requests to send deltas again.</summary>
    public static string Worker(string workerId) => $"worker.{workerId}";

    /// <summary>Where one API instance receives delta frames.</summary>
    public static string Deltas(string instanceId) => $"deltas.{instanceId}";

    /// <summary>
    /// Stands where a command names its API instance, for jobs that belong to none: their frames go to
    /// <see cref="Deltas"/> of this name, a durable queue that all instances share.
    /// </summary>
    public const string DurableInstance = "durable";

    /// <summary>Where any API instance answers <see cref="Jobs.GetJobProgress"/> about jobs of <see cref="DurableInstance"/>.</summary>
    public const string DurableProgress = "jobs.durable";

    /// <summary>Where one API instance hears that durable jobs went on.</summary>
    public static string DurableNews(string instanceId) => $"api.{instanceId}.durable";

    /// <summary>Whether the queue is made by one process for itself and leaves with it.</summary>
    public static bool BelongsToOneInstance(string queue)
    {
        ArgumentNullException.ThrowIfNull(queue);
        return queue.StartsWith("api.", StringComparison.Ordinal) || queue.StartsWith("worker.", StringComparison.Ordinal);
    }

    // Model names may hold any character; queue names here keep to letters, digits, '-' and '_', and escape the rest
    // so that two models never share a queue. The bus allows ':' beside those.
    private static string Escape(string model)
    {
        if (model.All(IsPlain))
        {
            return model;
        }

        var bytes = System.Text.Encoding.UTF8.GetBytes(model);
        return string.Concat(bytes.Select(b => IsPlain((char)b) ? ((char)b).ToString() : $":{b:x2}"));
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}
