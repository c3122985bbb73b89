namespace Koinon.Rpc.Dispatch;

/// <summary>The methods a server answers, by name.</summary>
public sealed class RpcMethodTable
{
    private readonly Dictionary<string, RpcMethod> _methods = [];

    /// <summary>Lists methods.</summary>
    /// <exception cref="ArgumentException">Two methods have one name.</exception>
    public RpcMethodTable(IEnumerable<RpcMethod> methods)
    {
        foreach (RpcMethod method in methods)
        {
            _methods.Add(method.Name, method);
            foreach (string alias in method.Aliases)
            {
                _methods.Add(alias, method);
            }
        }
    }

    /// <summary>Every method, in order of name.</summary>
    public IEnumerable<RpcMethod> Methods => _methods.Values.Distinct().OrderBy(static method =>
        method.Name, StringComparer.Ordinal);

    /// <summary>Looks a method up.</summary>
    /// <returns>The method, or <see langword="null"/> where none has the name.</returns>
    public RpcMethod? Find(string name) => _methods.GetValueOrDefault(name);
}
