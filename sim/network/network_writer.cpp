#include "sim/network/network_writer.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <system_error>

#include "sim/core/error.hpp"
#include "sim/network/xml_text.hpp"

namespace commonweal {

namespace {

struct Close {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

/// A file beside the final name, renamed when it is complete; removed when it never gets so far.
class Publication {
public:
    explicit Publication(const std::filesystem::path& file)
        : file_(file), partial_(file.string() + ".partial"), out_(std::fopen(partial_.c_str(), "wb")) {
        if (!out_) throw IoError(partial_.string(), "cannot be written");
    }
    ~Publication() {
        std::error_code ignored;
        if (out_) std::filesystem::remove(partial_, ignored);
    }
    Publication(const Publication&) = delete;
    Publication& operator=(const Publication&) = delete;

    void write(const std::string& text) {
        if (std::fwrite(text.data(), 1, text.size(), out_.get()) != text.size()) fail();
    }

    void publish() {
        if (std::fflush(out_.get()) != 0 || fsync(fileno(out_.get())) != 0) fail();
        std::error_code failure;
        std::filesystem::rename(partial_, file_, failure);
        if (failure) throw IoError(file_.string(), "cannot be written: " + failure.message());
        out_.reset();
    }

private:
    [[noreturn]] void fail() const { throw IoError(partial_.string(), "cannot be written to its end"); }

    std::filesystem::path file_, partial_;
    std::unique_ptr<std::FILE, Close> out_;
};

/// A field of a table, in quotes where it needs them.
std::string field(const std::string& text, char delimiter) {
    const bool plain = text.find_first_of(std::string("\"\r\n") + delimiter) == text.npos && !text.starts_with(' ') &&
                       !text.ends_with(' ');
    if (plain) return text;
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
    return out + "\"";
}

/// Calls visit(a, b, weight) once for each tie; weight is 1 in an unweighted layer.
template <class Visit>
void each_tie(const Layer& layer, const Visit& visit) {
    for (AgentId a = 0; a < layer.agents(); ++a) {
        const auto row = layer.neighbors(a);
        for (std::size_t k = 0; k < row.size(); ++k)
            if (a < row[k]) visit(a, row[k], layer.weighted() ? layer.weights(a)[k] : 1.0f);
    }
}

bool any_weighted(const Network& network) {
    for (const NamedLayer& named : network.layers())
        if (named.layer.weighted()) return true;
    return false;
}

char delimiter_for(const std::filesystem::path& file) { return file.extension() == ".tsv" ? '\t' : ','; }

std::string keys(const Network& network) {
    std::string text;
    for (std::size_t i = 0; i < network.attributes().columns().size(); ++i) {
        const Attribute& attribute = network.attributes().columns()[i];
        text += fmt::format("  <key id=\"a{}\" for=\"node\" attr.name=\"{}\" attr.type=\"{}\"/>\n", i,
                            xml_text(attribute.name), attribute.is_text() ? "string" : "double");
    }
    if (network.ties().weighted()) text += "  <key id=\"w\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n";
    return text;
}

std::string node(const Network& network, AgentId agent) {
    const auto& columns = network.attributes().columns();
    std::string text = fmt::format("    <node id=\"{}\"", xml_text(network.label(agent)));
    if (columns.empty()) return text + "/>\n";
    text += ">";
    for (std::size_t i = 0; i < columns.size(); ++i)
        text += fmt::format("<data key=\"a{}\">{}</data>", i, xml_text(columns[i].text(agent)));
    return text + "</node>\n";
}

}  // namespace

void write_edge_list(const Network& network, const std::filesystem::path& file) {
    const char d = delimiter_for(file);
    const bool weights = any_weighted(network), layers = network.layers().size() > 1;
    Publication out(file);
    out.write(fmt::format("source{0}target{1}{2}\n", d, weights ? std::string(1, d) + "weight" : "",
                          layers ? std::string(1, d) + "layer" : ""));
    for (const NamedLayer& named : network.layers())
        each_tie(named.layer, [&](AgentId a, AgentId b, float weight) {
            std::string row = field(network.label(a), d) + d + field(network.label(b), d);
            if (weights) row += d + fmt::format("{}", weight);
            if (layers) row += d + field(named.name, d);
            out.write(row + "\n");
        });
    out.publish();
}

bool edge_list_keeps_numbers(const Network& network) {
    AgentId met = 0;
    bool kept = true;
    const auto meet = [&](AgentId agent) {
        kept = kept && agent <= met;
        if (agent == met) ++met;
    };
    for (const NamedLayer& named : network.layers())
        each_tie(named.layer, [&](AgentId a, AgentId b, float) { meet(a), meet(b); });
    return kept;
}

void write_agent_table(const Network& network, const std::filesystem::path& file) {
    const char d = delimiter_for(file);
    Publication out(file);
    std::string header = "id";
    for (const Attribute& attribute : network.attributes().columns()) header += d + field(attribute.name, d);
    out.write(header + "\n");
    for (AgentId agent = 0; agent < network.agents(); ++agent) {
        std::string row = field(network.label(agent), d);
        for (const Attribute& attribute : network.attributes().columns()) row += d + field(attribute.text(agent), d);
        out.write(row + "\n");
    }
    out.publish();
}

void write_graphml(const Network& network, const std::filesystem::path& file) {
    if (network.layers().size() > 1)
        throw ConfigError(file.string(), "GraphML holds one layer; write an edge list (.csv) instead");
    Publication out(file);
    out.write(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n" +
        keys(network) + "  <graph id=\"G\" edgedefault=\"undirected\">\n");
    for (AgentId agent = 0; agent < network.agents(); ++agent) out.write(node(network, agent));
    each_tie(network.ties(), [&](AgentId a, AgentId b, float weight) {
        const std::string data =
            network.ties().weighted() ? fmt::format("><data key=\"w\">{}</data></edge>\n", weight) : "/>\n";
        out.write(fmt::format("    <edge source=\"{}\" target=\"{}\"{}", xml_text(network.label(a)),
                              xml_text(network.label(b)), data));
    });
    out.write("  </graph>\n</graphml>\n");
    out.publish();
}

}  // namespace commonweal
