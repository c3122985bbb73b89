using System.Collections.Frozen;
using Koinon.Rpc.Discovery;

namespace Koinon.Rpc.Dispatch;

/// <summary>The methods a server answers, by name.</summary>
public sealed class RpcMethodTable
{
    private readonly FrozenDictionary<string, RpcMethod>.AlternateLookup<ReadOnlySpan<char>> _methods;

    /// <summary>Lists methods; those that say what is served come by themselves.</summary>
    /// <exception cref="ArgumentException">Two methods have one name.</exception>
    public RpcMethodTable(IEnumerable<RpcMethod> methods)
    {
        Dictionary<string, RpcMethod> byName = new(StringComparer.Ordinal);
        foreach (RpcMethod method in (IEnumerable<RpcMethod>)[.. methods, new RpcDiscover(this), new RpcModules(this)])
        {
            byName.Add(method.Name, method);
            foreach (string alias in method.Aliases)
            {
                byName.Add(alias, method);
            }
        }

        _methods = byName.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        Methods = [.. byName.Values.Distinct().OrderBy(static method => method.Name, StringComparer.Ordinal)];
    }

    /// <summary>Every method, in order of name.</summary>
    public IReadOnlyList<RpcMethod> Methods { get; }

    /// <summary>What a name is answered with that no method has; geth's text where it is left out.</summary>
    public Func<string, RpcError> Unknown { get; init; } = OfUnknown;

    /// <summary>The methods of some namespaces alone; an alias is of its method's namespace.</summary>
    public RpcMethodTable Only(IReadOnlyList<string> namespaces) =>
        new(Methods.Where(method => namespaces.Contains(method.Namespace))) { Unknown = Unknown };

    /// <summary>Looks a method up.</summary>
    /// <returns>The method, or <see langword="null"/> where none has the name.</returns>
    public RpcMethod? Find(ReadOnlySpan<char> name) =>
        _methods.TryGetValue(name, out RpcMethod? method) ? method : null;

    /// <summary>What geth says of a name that no method has.</summary>
    public static RpcError OfUnknown(string name) =>
        new(RpcErrorCode.MethodNotFound, $"the method {name} does not exist/is not available");
}
