namespace LocalAI.Pipeline.Testing;

/// <summary>The one time-out of all waits in tests: generous, because the machine may be busy with something else.</summary>
public static class TestTimeout
{
    /// <summary>How long a test waits for anything before it fails.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    /// <summary>A new token that is cancelled after <see cref="Duration"/>, or when the running test is cancelled.</summary>
    public static CancellationToken Token
    {
        get
        {
            // Never disposed: its timer is the time-out, and the process ends soon.
            var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            source.CancelAfter(Duration);
            return source.Token;
        }
    }

    /// <summary>Waits for a task, but not forever.</summary>
    /// <exception cref="TimeoutException">It did not end in time; the message holds <paramref name="what"/>.</exception>
    public static async Task<T> OrTimeout<T>(this Task<T> task, string what)
    {
        await ((Task)task).OrTimeout(what);
        return await task;
    }

    /// <summary>Waits for a task, but not forever.</summary>
    /// <exception cref="TimeoutException">It did not end in time; the message holds <paramref name="what"/>.</exception>
    public static Task OrTimeout(this Task task, string what) => task.OrTimeout(what, Duration);

    /// <summary>Waits for a task that may take longer than others.</summary>
    /// <exception cref="TimeoutException">It did not end in time; the message holds <paramref name="what"/>.</exception>
    public static async Task OrTimeout(this Task task, string what, TimeSpan longest)
    {
        ArgumentNullException.ThrowIfNull(task);
        try
        {
            await task.WaitAsync(longest, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Waited {longest.TotalSeconds:0} s for {what}.");
        }
    }
}
