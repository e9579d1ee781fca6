using System.Numerics;

namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>Python's names of the types, for messages.</summary>
internal static class TypeNames
{
    public static string Of(object value) => value switch
    {
        NoneValue => "NoneType",
        Undefined => "Undefined",
        bool => "bool",
        long or BigInteger => "int",
        double => "float",
        string => "str",
        ListValue => "list",
        TupleValue => "tuple",
        DictValue => "dict",
        RangeValue => "range",
        DictView view => "dict_" + view.Kind,
        IteratorValue => "generator",
        NamespaceValue => "Namespace",
        CallableValue => "function",
        _ => value.GetType().Name,
    };
}
