using System.Text;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Jobs;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Relay;

/// <summary>
/// One live job: which attempt counts, which worker it is bound to, which delta comes next, and what was accepted so far.
/// The gate is held for assignments only.
/// </summary>
internal sealed class JobStream(JobRegistration registration, int choice, JobSubscription reader, RelayClock clock, RelayOptions options)
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _raw = new();
    private readonly long _registeredAt = clock.Now;
    private readonly JobTimes _times = new(registration.Command, clock);
    private int _attempt = 1;
    private string? _worker;
    private long _next;
    private int _tokens;
    private int _promptTokens;
    private long _lastSign = clock.Now;
    private bool _isDoubted;
    private bool _hasGap;
    private int _resends;
    private long _askedAt;
    private bool _hasEnded;

    public GenerateText Command => registration.Command;

    public Guid Id => registration.Command.JobId;

    public int Choice => choice;

    public JobSubscription Reader => reader;

    /// <summary>How long it waits for a worker, or null once one had it.</summary>
    public TimeSpan? Waiting => Volatile.Read(ref _worker) is null ? clock.Since(_registeredAt) : null;

    public DeltaResendRequested ResendRequest()
    {
        lock (_gate)
        {
            return new DeltaResendRequested { JobId = Id, Attempt = _attempt, NextSequence = _next };
        }
    }

    /// <summary>Takes a delta that is the next of the current attempt from the worker that it is bound to; refuses all others.</summary>
    public JobOutcome Accept(string worker, int attempt, GenerationDelta delta, long now)
    {
        lock (_gate)
        {
            if (_hasEnded || attempt != _attempt || !IsBoundTo(worker))
            {
                return default;
            }

            Sign(now);
            if (delta.Sequence != _next)
            {
                return delta.Sequence > _next ? Gap(now) : default;
            }

            return Take(delta, now);
        }
    }

    /// <summary>The worker says that it holds the job.</summary>
    public void Alive(string worker, long now)
    {
        lock (_gate)
        {
            if (!_hasEnded && IsBoundTo(worker))
            {
                Sign(now);
            }
        }
    }

    /// <summary>The link was lost: what is missing cannot be seen from here, so ask.</summary>
    public bool LinkRestored(long now)
    {
        lock (_gate)
        {
            // No gap yet: a worker that still reads its prompt has nothing to send, and must not count as one that lost something.
            _askedAt = now;
            return !_hasEnded && _worker is not null;
        }
    }

    /// <summary>A worker took the command again: opens a new attempt for it, or says that the job is not wanted.</summary>
    public (JobProgress Progress, JobFailure? Failure) OpenAttempt(string worker)
    {
        lock (_gate)
        {
            if (_hasEnded)
            {
                return (Unwanted(Id), null);
            }

            if (_attempt >= options.MaxAttempts)
            {
                return (Unwanted(Id), new JobFailure
                {
                    Code = FailureCode.AttemptsExhausted,
                    Message = $"{_attempt} workers were interrupted while they worked on this request, and no further one may try: see their logs, or the backend's, for what it does to them.",
                });
            }

            _attempt++;
            Volatile.Write(ref _worker, worker);
            registration.Place.Take();
            _hasGap = false;
            _resends = 0;
            Sign(clock.Now);
            var progress = new JobProgress { JobId = Id, Wanted = true, Attempt = _attempt, NextSequence = _next, RawText = _raw.ToString(), CompletionTokens = _tokens };
            return (progress, null);
        }
    }

    /// <summary>Looks at the clock.</summary>
    public JobOutcome Check(long now)
    {
        lock (_gate)
        {
            if (_hasEnded)
            {
                return default;
            }

            return _worker is null ? CheckQueue() : CheckWorker(now);
        }
    }

    /// <summary>Ends it; false when it had ended before.</summary>
    public bool TryEnd()
    {
        lock (_gate)
        {
            var first = !_hasEnded;
            _hasEnded = true;
            registration.Place.End(_promptTokens + _tokens);
            return first;
        }
    }

    public static JobProgress Unwanted(Guid job) => new() { JobId = job, Wanted = false, Attempt = 0, NextSequence = 0, RawText = "", CompletionTokens = 0 };

    private JobOutcome Take(GenerationDelta delta, long now)
    {
        if (_raw.Length + delta.RawText.Length > options.MaxAnswerCharacters)
        {
            return JobOutcome.Fail(FailureCode.BackendError, $"The answer is over {options.MaxAnswerCharacters} characters (Relay:MaxAnswerCharacters): set max_tokens.");
        }

        if (!reader.TryWrite(new JobDelta(choice, delta)))
        {
            return JobOutcome.Fail(FailureCode.SlowReader, $"{options.ReaderCapacity} pieces of the answer waited to be read (Relay:ReaderCapacity), so it was stopped: read faster.");
        }

        _next++;
        _raw.Append(delta.RawText);
        _tokens += delta.Tokens;
        _hasGap = false;
        _resends = 0;
        _times.Taken(delta, now);
        _promptTokens = delta.Finish?.PromptTokens ?? delta.Prompt?.Tokens ?? _promptTokens;
        _hasEnded = delta.IsLast;
        if (delta.IsLast)
        {
            registration.Place.End(_promptTokens + _tokens);
        }

        return new JobOutcome(HasEnded: delta.IsLast);
    }

    private JobOutcome Gap(long now)
    {
        var isDue = !_hasGap || clock.Between(_askedAt, now) >= options.ResendInterval;
        _hasGap = true;
        return isDue ? AskAgain(now) : default;
    }

    private JobOutcome AskAgain(long now)
    {
        _askedAt = now;
        return ++_resends <= options.MaxResends
            ? new JobOutcome(AskAgain: true)
            : JobOutcome.Fail(FailureCode.WorkerGone, $"Worker {_worker} was asked {options.MaxResends} times for piece {_next} of the answer and did not send it: try again.");
    }

    private JobOutcome CheckQueue() =>
        registration.Place.HasExpired(clock.Since(_registeredAt), out var reason) ? JobOutcome.Fail(FailureCode.QueueTimeout, reason) : default;

    private JobOutcome CheckWorker(long now)
    {
        var silence = clock.Between(_lastSign, now);
        if (silence >= options.RecoveryTimeout)
        {
            return JobOutcome.Fail(FailureCode.WorkerGone, $"Worker {_worker} went silent {silence.TotalSeconds:0} s ago, and no other took over: try again, and see whether workers are running.");
        }

        if (silence >= options.SilenceTimeout && !_isDoubted)
        {
            // It may have finished, and its last frames be lost: workers keep them for a while.
            _isDoubted = true;
            return new JobOutcome(AskAgain: true);
        }

        return _hasGap && clock.Between(_askedAt, now) >= options.ResendInterval ? AskAgain(now) : default;
    }

    private bool IsBoundTo(string worker)
    {
        if (_worker is null)
        {
            Volatile.Write(ref _worker, worker);
            registration.Place.Take();
        }

        return _worker == worker;
    }

    private void Sign(long now)
    {
        _lastSign = now;
        _isDoubted = false;
    }
}
