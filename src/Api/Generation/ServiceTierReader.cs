using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Messages;

namespace LocalAI.Pipeline.Api.Generation;

/// <summary><c>service_tier</c>: the lane that a request waits in.</summary>
internal static class ServiceTierReader
{
    public static Lane Read(FieldReader fields) => fields.Text("service_tier") switch
    {
        null or "auto" or "default" => Lane.Interactive,
        "flex" => Lane.Batch,
        "priority" or "scale" => throw RequestErrors.Unsupported("service_tier", "there are 'auto', 'default' and 'flex'."),
        _ => throw RequestErrors.WrongValue("service_tier", "must be 'auto', 'default' or 'flex'."),
    };
}
