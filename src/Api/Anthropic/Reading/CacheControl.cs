using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Anthropic.Reading;

/// <summary><c>cache_control</c> makes no difference: the engine reuses whatever a prompt begins with, marked or not.</summary>
internal static class CacheControl
{
    private const int LongestScope = 64;

    public static void Check(FieldReader fields)
    {
        if (fields.Object("cache_control") is not { } control)
        {
            return;
        }

        if (control.RequiredText("type") != "ephemeral")
        {
            throw RequestErrors.WrongValue(control.PathOf("type"), "must be 'ephemeral'.");
        }

        if (control.Text("ttl") is not (null or "5m" or "1h"))
        {
            throw RequestErrors.WrongValue(control.PathOf("ttl"), "must be '5m' or '1h'.");
        }

        _ = control.Text("scope", LongestScope);
        control.RefuseOthers();
    }
}
