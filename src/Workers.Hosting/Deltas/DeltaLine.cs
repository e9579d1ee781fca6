using System.Collections.Concurrent;
using System.Threading.Channels;
using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Bus.Deltas;
using LocalAI.Pipeline.Messages.Deltas;
using Microsoft.Extensions.Logging;

namespace LocalAI.Pipeline.Workers.Hosting.Deltas;

/// <summary>
/// The way to one API instance: one frame is on its way at a time, and what its jobs say meanwhile goes into the next. An
/// idle line sends at once; after a frame it rests for as long as the sender says.
/// </summary>
internal sealed partial class DeltaLine(string instanceId, string workerId, IDeltaSender sender, DeltaOptions options, TimeProvider time, ILogger<DeltaReporter> logger)
{
    // A frame of this many deltas is a step of hundreds of jobs; more wait for the next.
    private const int EntriesPerFrame = 512;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    private readonly Channel<JobDeltas?> _dirty = Channel.CreateUnbounded<JobDeltas?>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentQueue<(JobDeltas Job, long From)> _resends = new();
    private readonly ConcurrentDictionary<Guid, JobDeltas> _open = new();
    private int _everybody;

    public string InstanceId => instanceId;

    public bool IsIdle => _open.IsEmpty;

    public void Open(JobDeltas job)
    {
        _open[job.JobId] = job;
        MarkDirty(job);
    }

    public void Close(JobDeltas job) => _open.TryRemove(new KeyValuePair<Guid, JobDeltas>(job.JobId, job));

    // A job is in the channel at most once (null stands for all of them), so the channel is bounded by the jobs.
    public void MarkDirty(JobDeltas job)
    {
        if (Interlocked.Exchange(ref job.Dirty, 1) == 0)
        {
            _dirty.Writer.TryWrite(job);
        }
    }

    public void Resend(JobDeltas job, long from)
    {
        _resends.Enqueue((job, from));
        MarkDirty(job);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var alive = time.CreateTimer(_ => WakeAll(), null, options.AliveInterval, options.AliveInterval);
        while (await _dirty.Reader.WaitToReadAsync(cancellationToken))
        {
            var began = time.GetTimestamp();
            var (frame, jobs) = Build();
            if (frame.Entries.Count + frame.Alive.Count > 0)
            {
                if (!await DeliverAsync(frame, cancellationToken))
                {
                    GiveUp();
                    continue;
                }

                Confirm(frame, jobs);
                await RestAsync(began, cancellationToken);
            }
        }
    }

    private (DeltaFrame Frame, List<JobDeltas> Jobs) Build()
    {
        var entries = new List<DeltaFrameEntry>();
        var alive = new List<Guid>();
        var jobs = new List<JobDeltas>();
        while (_resends.TryDequeue(out var resend))
        {
            resend.Job.TakeSentFrom(resend.From, entries);
        }

        var everybody = false;
        while (entries.Count < EntriesPerFrame && _dirty.Reader.TryRead(out var job))
        {
            if (job is null)
            {
                Volatile.Write(ref _everybody, 0);
                everybody = true;
                continue;
            }

            Volatile.Write(ref job.Dirty, 0);
            var before = entries.Count;
            job.TakePending(entries);
            jobs.Add(job);
            if (entries.Count == before && job.IsAlive)
            {
                alive.Add(job.JobId);
            }
        }

        if (everybody)
        {
            alive.AddRange(_open.Values.Where(job => job.IsAlive && !alive.Contains(job.JobId)).Select(job => job.JobId));
        }

        return (new DeltaFrame { WorkerId = workerId, InstanceId = instanceId, Entries = entries, Alive = alive }, jobs);
    }

    private void WakeAll()
    {
        if (Interlocked.Exchange(ref _everybody, 1) == 0)
        {
            _dirty.Writer.TryWrite(null);
        }
    }

    private Task RestAsync(long began, CancellationToken cancellationToken)
    {
        var rest = sender.FrameInterval - time.GetElapsedTime(began);
        return rest > TimeSpan.Zero ? Task.Delay(rest, time, cancellationToken) : Task.CompletedTask;
    }

    private async Task<bool> DeliverAsync(DeltaFrame frame, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            try
            {
                if (await sender.SendAsync(frame, cancellationToken) == DeltaDelivery.Delivered)
                {
                    return true;
                }
            }
            catch (BusUnavailableException exception)
            {
                LogNotSent(instanceId, exception.Message);
            }

            if (time.GetElapsedTime(since) >= options.GoneAfter)
            {
                return false;
            }

            await Task.Delay(RetryDelay, time, cancellationToken);
        }
    }

    private static void Confirm(DeltaFrame frame, List<JobDeltas> jobs)
    {
        if (!frame.Entries.Any(entry => entry.Delta.IsLast))
        {
            return;
        }

        var ended = frame.Entries.Where(entry => entry.Delta.IsLast).Select(entry => entry.JobId).ToHashSet();
        foreach (var job in jobs.Where(job => ended.Contains(job.JobId)))
        {
            job.ConfirmLast();
        }
    }

    private void GiveUp()
    {
        LogGone(instanceId, _open.Count, options.GoneAfter.TotalSeconds);
        foreach (var job in _open.Values)
        {
            job.MarkInstanceGone();
        }
    }

    [LoggerMessage(3100, LogLevel.Warning, "Deltas for API instance {Instance} could not be sent and are kept: {Reason}")]
    private partial void LogNotSent(string instance, string reason);

    [LoggerMessage(3101, LogLevel.Warning, "API instance {Instance} took nothing for {Seconds} s: its {Jobs} jobs here are dropped")]
    private partial void LogGone(string instance, int jobs, double seconds);
}
