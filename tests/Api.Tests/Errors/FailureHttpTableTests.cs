using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Tests.Errors;

public sealed class FailureHttpTableTests
{
    [Fact]
    public void ToError_EveryCode_HasARowOfItsOwn()
    {
        var errors = Enum.GetValues<FailureCode>().Select(code => FailureHttpTable.ToError(new JobFailure { Code = code, Message = "m" })).ToList();

        Assert.Equal(errors.Count - 1, errors.Select(error => error.Code).Distinct().Count(code => code != "internal_error"));
        Assert.All(errors, error => Assert.InRange(error.Status, 400, 504));
        Assert.All(errors, error => Assert.Equal(error.Status is 429 or 503, error.RetryAfterSeconds is not null));
        Assert.All(errors, error => Assert.Equal(error.Status >= 500, error.Type == ApiErrorTypes.Server));
    }

    [Fact]
    public void ToError_WithAParameter_NamesIt()
    {
        var error = FailureHttpTable.ToError(new JobFailure { Code = FailureCode.GrammarInvalid, Message = "m", Parameter = "grammar" });

        Assert.Equal((400, "invalid_grammar", "grammar"), (error.Status, error.Code, error.Parameter));
    }
}
