using System.ComponentModel.DataAnnotations;

namespace LocalAI.Pipeline.Api.Access;

/// <summary>Who may use this server. Without keys everybody who reaches it, under a name that it knows.</summary>
internal sealed class AccessOptions : IValidatableObject
{
    public const string SectionName = "Access";

    /// <summary>The keys; none means that no key is asked for.</summary>
    public List<AccessKeyOptions> Keys { get; set; } = [];

    /// <summary>Hosts whose pages may call this server from a browser; without keys also further names that it answers to. <c>*</c> means all.</summary>
    public List<string> AllowedHosts { get; set; } = [];

    /// <summary>What keys without limits of their own may use each, and all callers without a key together.</summary>
    public KeyLimitsOptions DefaultLimits { get; set; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var doubles = Keys.Where(key => key.Name is not null).GroupBy(key => key.Name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToList();
        if (doubles.Count > 0)
        {
            yield return new ValidationResult($"Two keys have the name {doubles[0]}: jobs belong to a key by its name", [nameof(Keys)]);
        }
    }
}
