using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Errors;

/// <summary>What each failure of a job is in HTTP.</summary>
internal static class FailureHttpTable
{
    /// <summary>The code of a prompt that is longer than the context.</summary>
    public const string ContextOverflow = "context_length_exceeded";

    // A broker that restarts, a worker that comes back: seconds.
    private const int SoonSeconds = 5;

    public static ApiError ToError(JobFailure failure)
    {
        var (status, type, code) = Row(failure.Code);
        int? retry = status is 429 or 503 ? SoonSeconds : null;
        return new ApiError(status, type, code, failure.Message, failure.Parameter ?? Parameter(failure.Code), retry);
    }

    private static (int Status, string Type, string Code) Row(FailureCode code) => code switch
    {
        FailureCode.RequestInvalid => (400, ApiErrorTypes.InvalidRequest, "invalid_value"),
        FailureCode.PromptTooLong => (400, ApiErrorTypes.InvalidRequest, ContextOverflow),
        FailureCode.GrammarInvalid => (400, ApiErrorTypes.InvalidRequest, "invalid_grammar"),
        FailureCode.TemplateRefused => (400, ApiErrorTypes.InvalidRequest, "template_refused"),
        FailureCode.ModelUnknown => (404, ApiErrorTypes.InvalidRequest, "model_not_found"),
        FailureCode.ModelBroken => (500, ApiErrorTypes.Server, "model_broken"),
        FailureCode.CapabilityMissing => (400, ApiErrorTypes.InvalidRequest, "model_not_supported"),
        FailureCode.LoadFailed => (500, ApiErrorTypes.Server, "model_load_failed"),
        FailureCode.BackendCrashed => (503, ApiErrorTypes.Server, "backend_crashed"),
        FailureCode.BackendTimeout => (504, ApiErrorTypes.Server, "backend_timeout"),
        FailureCode.BackendBusy => (503, ApiErrorTypes.Server, "backend_busy"),
        FailureCode.BackendError => (502, ApiErrorTypes.Server, "backend_error"),
        FailureCode.QueueFull => (429, ApiErrorTypes.RateLimit, "queue_full"),
        FailureCode.QueueTimeout => (503, ApiErrorTypes.Server, "queue_timeout"),
        FailureCode.WorkerGone => (503, ApiErrorTypes.Server, "worker_gone"),
        FailureCode.AttemptsExhausted => (503, ApiErrorTypes.Server, "attempts_exhausted"),
        FailureCode.BrokerUnavailable => (503, ApiErrorTypes.Server, "broker_unavailable"),
        FailureCode.SlowReader => (408, ApiErrorTypes.InvalidRequest, "slow_reader"),
        FailureCode.Cancelled => (499, ApiErrorTypes.InvalidRequest, "cancelled"),
        _ => (500, ApiErrorTypes.Server, "internal_error"),
    };

    private static string? Parameter(FailureCode code) => code switch
    {
        FailureCode.PromptTooLong or FailureCode.TemplateRefused => "messages",
        FailureCode.ModelUnknown or FailureCode.ModelBroken => "model",
        _ => null,
    };
}
