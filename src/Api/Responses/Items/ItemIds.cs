using System.Globalization;

namespace LocalAI.Pipeline.Api.Responses.Items;

/// <summary>
/// Ids that follow from what an item belongs to: the same job always gives the same ids, and an id leads to the response or
/// conversation that holds the item.
/// </summary>
internal static class ItemIds
{
    private const char OutputMark = 'o';
    private const char InputMark = 'i';

    public static string Output(string prefix, Guid job, int index) => Of(prefix, job, OutputMark, index);

    public static string Input(string prefix, Guid holder, int index) => Of(prefix, holder, InputMark, index);

    /// <summary>Which response or conversation an id of ours belongs to.</summary>
    public static bool TryHolder(string id, out Guid holder)
    {
        holder = default;
        var start = id.IndexOf('_', StringComparison.Ordinal) + 1;
        const int guidDigits = 32;
        return start > 0 && id.Length > start + guidDigits && Guid.TryParseExact(id.AsSpan(start, guidDigits), "N", out holder);
    }

    /// <summary>The items with ids: their own, or those that follow from the holder.</summary>
    /// <param name="first">The place of the first item.</param>
    public static IReadOnlyList<ResponseItem> Named(IReadOnlyList<ResponseItem> items, Guid holder, int first = 0) =>
        [.. items.Select((item, index) => item.Id is null ? item with { Id = Input(item.IdPrefix, holder, first + index) } : item)];

    private static string Of(string prefix, Guid holder, char mark, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}_{holder:N}{mark}{index}");
}
