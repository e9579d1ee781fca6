using System.Collections.Concurrent;
using LocalAI.Pipeline.Bus.Deltas;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Jobs;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Relay;

/// <summary>
/// Brings the workers' frames to the readers of this instance: in order, each delta once, from the current attempt only.
/// What it has to tell the workers goes through the outbox, so nothing here waits.
/// </summary>
internal sealed class JobRelay : IDeltaSink, IDisposable
{
    // Bounds are seconds; a finer look would cost more than it tells.
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, JobStream> _jobs = new();
    private readonly RelayOutbox _outbox;
    private readonly RelayClock _clock;
    private readonly RelayOptions _options;
    private readonly ILogger<JobRelay> _logger;
    private readonly ITimer _sweep;

    public JobRelay(RelayOutbox outbox, RelayClock clock, IOptions<RelayOptions> options, ILogger<JobRelay> logger)
    {
        (_outbox, _clock, _options, _logger) = (outbox, clock, options.Value, logger);
        _sweep = clock.Time.CreateTimer(static state => ((JobRelay)state!).Sweep(), this, SweepInterval, SweepInterval);
    }

    /// <summary>Jobs that are followed now.</summary>
    public IEnumerable<JobStream> Jobs => _jobs.Values;

    /// <summary>How many they are.</summary>
    public int Count => _jobs.Count;

    /// <summary>Follows jobs for one reader, from before their commands are sent.</summary>
    public JobSubscription Subscribe(IReadOnlyList<JobRegistration> registrations, TimeSpan quietTime, CancellationToken aborted)
    {
        var reader = new JobSubscription(this, registrations.Count, _clock, new ReaderTerms(_options.ReaderCapacity, quietTime, aborted));
        reader.Jobs = [.. registrations.Select((registration, choice) => new JobStream(registration, choice, reader, _clock, _options))];
        foreach (var job in reader.Jobs)
        {
            _jobs[job.Id] = job;
        }

        return reader;
    }

    /// <summary>The reader goes: what has not ended is cancelled.</summary>
    public void Leave(JobSubscription reader)
    {
        foreach (var job in reader.Jobs.Where(job => job.TryEnd()))
        {
            _jobs.TryRemove(job.Id, out _);
            _outbox.Post(new JobCancellationRequested { JobId = job.Id, Reason = "its reader left" });
        }
    }

    /// <summary>Answers a worker that took a command again.</summary>
    public JobProgress OpenAttempt(GetJobProgress request)
    {
        if (!_jobs.TryGetValue(request.JobId, out var job))
        {
            return JobStream.Unwanted(request.JobId);
        }

        var (progress, failure) = job.OpenAttempt(request.WorkerId);
        if (failure is not null)
        {
            Fail(job, failure);
        }

        _logger.AttemptAsked(request.JobId, request.WorkerId, progress.Wanted, progress.Attempt, progress.NextSequence);
        return progress;
    }

    /// <summary>Ends a job badly, if it has not ended.</summary>
    public void Fail(JobStream job, JobFailure failure)
    {
        if (!job.TryEnd())
        {
            return;
        }

        _jobs.TryRemove(job.Id, out _);
        _logger.JobGivenUp(job.Id, job.Command.RequestId, failure.Code, failure.Message);
        job.Reader.Fail(job.Choice, failure);
        _outbox.Post(new JobCancellationRequested { JobId = job.Id, Reason = failure.Message });
    }

    public void Accept(DeltaFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        _clock.Metrics.DeltaFrame();
        var now = _clock.Now;
        foreach (var entry in frame.Entries)
        {
            if (_jobs.TryGetValue(entry.JobId, out var job))
            {
                Follow(job, job.Accept(frame.WorkerId, entry.Attempt, entry.Delta, now));
            }
        }

        foreach (var id in frame.Alive)
        {
            if (_jobs.TryGetValue(id, out var job))
            {
                job.Alive(frame.WorkerId, now);
            }
        }
    }

    public void LinkRestored()
    {
        var now = _clock.Now;
        foreach (var job in _jobs.Values.Where(job => job.LinkRestored(now)))
        {
            _outbox.Post(job.ResendRequest());
        }
    }

    public void Dispose() => _sweep.Dispose();

    private void Sweep()
    {
        var now = _clock.Now;
        foreach (var job in _jobs.Values)
        {
            Follow(job, job.Check(now));
            job.Reader.WakeWhenQuiet(now);
        }
    }

    private void Follow(JobStream job, JobOutcome outcome)
    {
        if (outcome.HasEnded)
        {
            _jobs.TryRemove(job.Id, out _);
        }
        else if (outcome.Failure is { } failure)
        {
            Fail(job, failure);
        }
        else if (outcome.AskAgain)
        {
            var request = job.ResendRequest();
            _logger.DeltasMissing(job.Id, request.Attempt, request.NextSequence);
            _outbox.Post(request);
        }
    }
}
