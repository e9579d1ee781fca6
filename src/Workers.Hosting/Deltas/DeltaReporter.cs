using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Bus.Deltas;
using LocalAI.Pipeline.Messages.Jobs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Workers.Hosting.Deltas;

/// <summary>Carries deltas from this worker's jobs to the API instances that follow them, and sends again what a relay lost.</summary>
public sealed class DeltaReporter : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DeltaLine Line, Task Run)> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, (JobDeltas Job, DateTimeOffset? EndedAt)> _jobs = [];
    private readonly Queue<Guid> _ended = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly IDeltaSender _sender;
    private readonly InstanceIdentity _worker;
    private readonly DeltaOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DeltaReporter> _logger;

    /// <summary>Creates it; the container does.</summary>
    public DeltaReporter(IDeltaSender sender, InstanceIdentity worker, IOptions<DeltaOptions> options, TimeProvider time, ILogger<DeltaReporter> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_sender, _worker, _options, _time, _logger) = (sender, worker, options.Value, time, logger);
    }

    /// <summary>Begins to report a job: says at once that it is alive.</summary>
    public JobDeltas Open(Guid jobId, int attempt, string instanceId, long nextSequence)
    {
        lock (_lock)
        {
            var line = LineTo(instanceId);
            var job = new JobDeltas(jobId, attempt, instanceId, nextSequence, _options.PendingPerJob, line.MarkDirty);
            _jobs[jobId] = (job, null);
            line.Open(job);
            return job;
        }
    }

    /// <summary>The job ended here; its deltas can be asked for again for a while.</summary>
    public void Close(JobDeltas job)
    {
        ArgumentNullException.ThrowIfNull(job);
        lock (_lock)
        {
            LineTo(job.InstanceId).Close(job);
            if (_jobs.TryGetValue(job.JobId, out var known) && known.Job == job)
            {
                _jobs[job.JobId] = (job, _time.GetUtcNow());
                _ended.Enqueue(job.JobId);
            }

            ForgetEnded();
        }
    }

    /// <summary>Sends a job's deltas again. What is not here, or is of another attempt, is somebody else's.</summary>
    public void Resend(DeltaResendRequested request)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (_lock)
        {
            if (_jobs.TryGetValue(request.JobId, out var known) && known.Job.Attempt == request.Attempt)
            {
                LineTo(known.Job.InstanceId).Resend(known.Job, request.NextSequence);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task[] runs;
        lock (_lock)
        {
            runs = [.. _lines.Values.Select(line => line.Run)];
            _lines.Clear();
        }

        await _stopping.CancelAsync();
        await Task.WhenAll(runs);
        _stopping.Dispose();
    }

    // One for each API instance that was met: a deployment restarts its instances a few times a day, and a line is small.
    private DeltaLine LineTo(string instanceId)
    {
        if (_lines.TryGetValue(instanceId, out var known))
        {
            return known.Line;
        }

        var line = new DeltaLine(instanceId, _worker.Id, _sender, _options, _time, _logger);
        _lines[instanceId] = (line, RunAsync(line));
        return line;
    }

    private async Task RunAsync(DeltaLine line)
    {
        await Task.Yield();
        try
        {
            await line.RunAsync(_stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The worker stops.
        }
    }

    private void ForgetEnded()
    {
        var before = _time.GetUtcNow() - _options.KeepEnded;
        while (_ended.TryPeek(out var oldest))
        {
            var known = _jobs.TryGetValue(oldest, out var job) && job.EndedAt is not null;
            if (known && job.EndedAt > before && _ended.Count <= _options.MaxEnded)
            {
                return;
            }

            _ended.Dequeue();
            if (known)
            {
                job.Job.Dispose();
                _jobs.Remove(oldest);
            }
        }
    }
}
