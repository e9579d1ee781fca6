using System.Numerics;

namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Python's truth of a value.</summary>
internal static class Truth
{
    public static bool Of(object value) => value switch
    {
        bool flag => flag,
        string text => text.Length > 0,
        NoneValue or Undefined => false,
        long number => number != 0,
        double number => number != 0,
        BigInteger number => !number.IsZero,
        ListValue list => list.Items.Count > 0,
        TupleValue tuple => tuple.Items.Length > 0,
        DictValue dict => dict.Count > 0,
        DictView view => view.Dict.Count > 0,
        RangeValue range => range.Count > 0,
        _ => true,
    };
}
