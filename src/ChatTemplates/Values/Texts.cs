using System.Numerics;

namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Python's str() of a value.</summary>
internal static class Texts
{
    public static string Of(RenderState s, object value)
    {
        switch (value)
        {
            case string text:
                return text;
            case long number:
                return number.ToString(CultureInfo.InvariantCulture);
            case Undefined:
                return "";
            case bool flag:
                return flag ? "True" : "False";
            case NoneValue:
                return "None";
            case double real:
                return FloatText.Of(real);
            case BigInteger big:
                s.ChargeText(1000);
                return big.ToString(CultureInfo.InvariantCulture);
            case JoinerValue joiner:
                return joiner.ToString()!;
            default:
                StringBuilder output = new();
                Representation.Append(s, output, value);
                return output.ToString();
        }
    }
}
