using System.Reflection;
using System.Runtime.CompilerServices;

namespace Koinon.Rpc.Dispatch;

/// <summary>Finds the names of parameters where the method's own code has them: in its tuple, or in its record.</summary>
internal static class ParameterNames
{
    /// <summary>The names, in their order.</summary>
    /// <param name="method">The method's class.</param>
    /// <param name="read">What its reading gives.</param>
    /// <param name="count">How many parameters it reads.</param>
    public static IReadOnlyList<string> Of(Type method, Type read, int count)
    {
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

        return [.. Enumerable.Range(0, count).Select(index => count == 1 ? "value" : $"value{index}")];
    }

    private static string LowerFirst(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
