#pragma once

#include <tuple>

namespace tropo {

// The fields of every part of a plan, by name: what writes and reads them as JSON stands in plan_json.cpp. A
// name here is a name in journals, and stays.

template <typename Whole, typename Part> struct Field
{
    const char *name;
    Part Whole::*part;
};

template <typename Whole, typename Part>
constexpr Field<Whole, Part> field(const char *name, Part Whole::*part)
{
    return {name, part};
}

/// The fields of one type, and what the type is called where it is one of several kinds.
template <typename... All> struct Fields
{
    const char *kind;
    std::tuple<All...> all;
};

template <typename... All> constexpr Fields<All...> fields(All... all)
{
    return {nullptr, {all...}};
}
template <typename... All> constexpr Fields<All...> named(const char *kind, All... all)
{
    return {kind, {all...}};
}

/// Of a type that is no part of a plan: nothing.
template <typename T> inline constexpr auto fieldsOf = nullptr;

} // namespace tropo
