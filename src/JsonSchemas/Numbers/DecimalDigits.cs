using System.Globalization;

namespace LocalAI.Pipeline.JsonSchemas.Numbers;

/// <summary>A number that is not negative, as its digits: the whole part without leading, the fraction without trailing zeros.</summary>
internal sealed record DecimalDigits(string Whole, string Fraction)
{
    public static DecimalDigits Of(decimal number)
    {
        var parts = number.ToString(CultureInfo.InvariantCulture).Split('.');
        return new DecimalDigits(parts[0], parts.Length > 1 ? parts[1].TrimEnd('0') : "");
    }
}
