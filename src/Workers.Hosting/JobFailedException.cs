using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Workers.Hosting;

/// <summary>A job cannot go on, for a reason that its caller is told.</summary>
public sealed class JobFailedException : Exception
{
    /// <summary>Creates it from the failure that is reported.</summary>
    public JobFailedException(JobFailure failure, Exception? inner = null)
        : base(failure.Message, inner) => Failure = failure;

    /// <summary>Creates it with a code and a message that says who, where and what to do next.</summary>
    public JobFailedException(FailureCode code, string message, Exception? inner = null)
        : this(new JobFailure { Code = code, Message = message }, inner)
    {
    }

    /// <summary>What is reported.</summary>
    public JobFailure Failure { get; }
}
