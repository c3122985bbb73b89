using System.Reflection;
using System.Runtime.CompilerServices;
using Koinon.Primitives;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Dispatch;

/// <summary>
/// Finds the names of parameters where the method's own code has them: in its tuple, or in its record.
/// </summary>
internal static class ParameterNames
{
    /// <summary>The names, in their order.</summary>
    /// <param name="method">The method's class.</param>
    /// <param name="read">What its reading gives.</param>
    /// <param name="shapes">The parameters it reads.</param>
    public static IReadOnlyList<string> Of(Type method, Type read, IReadOnlyList<ParameterShape> shapes)
    {
        int count = shapes.Count;
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
        MethodInfo? reading = method.GetMethod("Read", Own);
        IList<string?> tuple = reading?.ReturnParameter.GetCustomAttribute<TupleElementNamesAttribute>()?.TransformNames
            ?? [];
        if (tuple.Count == count)
        {
            return [.. tuple.Select(static (name, index) => name is null ? $"value{index}" : LowerFirst(name))];
        }

        ParameterInfo[] members = read.GetConstructors().FirstOrDefault()?.GetParameters() ?? [];
        if (count > 1 && members.Length == count)
        {
            return [.. members.Select(static member => LowerFirst(member.Name!))];
        }

        return [.. shapes.Select((shape, index) => count == 1 ? NameOf(shape.Type) : $"{NameOf(shape.Type)}{index}")];
    }

    /// <summary>What a parameter is called that has no name of its own.</summary>
    private static string NameOf(Type type) =>
        type == typeof(Address) ? "address"
        : type == typeof(Hash256) ? "hash"
        : type == typeof(BlockReference) ? "block"
        : type == typeof(CallRequest) ? "transaction"
        : type == typeof(ReadOnlyMemory<byte>) ? "data"
        : type == typeof(ulong) || type == typeof(UInt256) ? "number"
        : "value";

    private static string LowerFirst(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
